import type { Reading } from "./reading.ts";

/** The words as chips: token, id, and where the decision stands after each. Texts are only ever text nodes. */
export function tokenElements(reading: Reading): HTMLElement[] {
  return reading.tokens.map((token, word) => {
    const item = element("div", reading.known[word] ? "token" : "token unknown");
    item.setAttribute("role", "listitem");
    const name = element("b", "", token);
    const probability = reading.probabilitySoFar[word]!;
    item.title = `${token}${reading.known[word] ? "" : " (not in the vocabulary)"}; id ${reading.ids[word]}`;
    const meter = element("span", "meter");
    meter.title = `after this word: ${(100 * probability).toFixed(0)} %`;
    const mark = element("i", "");
    mark.style.left = `${100 * probability}%`;
    meter.append(mark);
    item.append(name, element("span", "id", String(reading.ids[word])), meter);
    return item;
  });
}

function element(tag: string, className: string, text = ""): HTMLElement {
  const node = document.createElement(tag);
  if (className !== "") node.className = className;
  node.textContent = text;
  return node;
}
