// How texts are compared: by code point, without regard to case, and phones by their digits too.

const DOTLESS_I = "\u0131";
const PHONE_LIKE = /^[0-9 +\-().]*$/;

/** A text with its case folded, character by character: ẞ, ß and SS are one, and so are Σ, σ, ς. */
export function fold(text) {
  const lower = (part) => Array.from(part, (character) => character.toLowerCase()).join("");
  // Down, up and down again: some letters meet only in their capitals. The dotless ı meets nobody.
  const folded = (letter) => (letter === DOTLESS_I ? letter : lower(lower(letter).toUpperCase()));
  return Array.from(text, folded).join("");
}

/** How many characters (code points, not UTF-16 units) a text has. */
export function lengthOf(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Whether a part is found in name, email or phone of a customer. */
export function isFound(customer, part) {
  const name = [customer.first_name, customer.last_name].filter((word) => word !== null).join(" ");
  const wanted = fold(part);
  const texts = [name, customer.email ?? "", customer.phone ?? ""];
  if (texts.some((text) => fold(text).includes(wanted))) return true;
  const number = digits(part);
  return PHONE_LIKE.test(part) && number !== "" && digits(customer.phone ?? "").includes(number);
}

function digits(text) {
  return text.replace(/[^0-9]/g, "");
}
