/** The element with this id; the page's own HTML has it, or the build is broken. */
export function byId<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`the page has no ${type.name} with id "${id}"`);
  return element;
}
