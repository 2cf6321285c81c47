// Making the elements of a page.

export const has = (object, name) => Object.prototype.hasOwnProperty.call(object || {}, name);

// Lists among the children are flattened, and what is empty is left out.
export function make(tag, settings, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(settings || {})) {
    if (/-|^class$|^role$|^for$/.test(name)) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.flat(9).filter(Boolean));
  return element;
}

export const buttons = (...all) => make("p", { class: "gr-buttons" }, ...all);
