"""The answers of a Word form that stand in several places: Word keeps each once, and shows it in all of them.

The controls of such places are bound to data in the file. Each comes with a placeholder, which Word shows again
where an answer is taken out.
"""

from __future__ import annotations

from collections.abc import Mapping

from .word_parts import ANSWERS, ANSWERS_STORE, Xml, element, plain_element, root


def binding(number: int) -> tuple[Xml, Xml]:
    """The properties that bind a control to the answer at ``number``: its placeholder, and where its data stands."""
    return element("placeholder", element("docPart", val=f"answer {number}")), element(
        "dataBinding",
        prefixMappings=f"xmlns:g='{ANSWERS}'",
        xpath=f"/g:answers[1]/g:answer[{number}]",
        storeItemID=ANSWERS_STORE,
    )


def answer_parts(prompts: Mapping[str, Xml]) -> dict[str, str]:
    """The parts with the answers, and the words shown where there is none yet."""
    answers = (plain_element("answer", name=key) for key in prompts)
    placeholders = (_placeholder(prompt, number) for number, prompt in enumerate(prompts.values(), 1))
    return {
        "customXml/item1.xml": plain_element("answers", *answers, xmlns=ANSWERS),
        "word/glossary/document.xml": root("glossaryDocument", element("docParts", *placeholders)),
    }


def _placeholder(prompt: Xml, number: int) -> Xml:
    return element(
        "docPart",
        element(
            "docPartPr",
            element("name", val=f"answer {number}"),
            element("category", element("name", val="General"), element("gallery", val="placeholder")),
            element("types", element("type", val="bbPlcHdr")),
            element("behaviors", element("behavior", val="content")),
            element("guid", val=f"{{60720000-0000-4000-8000-{number:012d}}}"),
        ),
        element("docPartBody", element("p", prompt)),
    )
