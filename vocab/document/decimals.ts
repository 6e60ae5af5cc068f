const safeDigits = 15;
const zero = '0'.charCodeAt(0);
const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Decimal places of a decimal text: `12.50` has 2, `12` has 0. */
export function decimalPlaces(text: string): number {
  const point = text.indexOf('.');
  return point === -1 ? 0 : text.length - point - 1;
}

/**
 * The decimal text of `scaled / 10^scale`: an integer for scale 0, otherwise without trailing zeros
 * but always with a fraction, `97.0`, so that the text tells xsd:integer from xsd:decimal.
 */
export function decimalText(scaled: number | bigint, scale: number): string {
  if (scale === 0) return String(scaled);
  const isNegative = scaled < 0;
  const digits = String(isNegative ? -scaled : scaled).padStart(scale + 1, '0');
  const point = digits.length - scale;
  let end = digits.length;
  while (end > point + 1 && digits.charCodeAt(end - 1) === zero) end--;
  return `${isNegative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point, end)}`;
}

/**
 * The integer `text × 10^scale`, as a number where it surely is a safe one; undefined when the text
 * is no decimal or has more places.
 */
export function scaledInteger(text: string, scale: number): number | bigint | undefined {
  const [, sign = '', whole = '', fraction = ''] = decimal.exec(text) ?? [];
  if (whole === '' || fraction.replace(/0+$/, '').length > scale) return undefined;
  const digits = `${sign}${whole}${fraction.slice(0, scale).padEnd(scale, '0')}`;
  // `+ 0` makes the zero of "-0" an ordinary one.
  return digits.length <= safeDigits ? Number(digits) + 0 : BigInt(digits);
}
