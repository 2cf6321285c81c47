// Words with places in braces, filled as Python's ``format`` fills them.

export const filled = (pattern, values) =>
  pattern.replace(/\{\{|\}\}|\{(\w+)\}/g, (sign, name) => (name ? values[name] : sign[0]));
