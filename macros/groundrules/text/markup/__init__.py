"""The small Markdown that agreement text is written in.

What is allowed is stated in ``docs/project/formats.md``; everything else is a finding.
Text that passes means the same to any CommonMark reader, which a test proves against one.
"""
