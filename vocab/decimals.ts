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
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  return `${isNegative ? '-' : ''}${digits.slice(0, -scale)}.${fraction === '' ? '0' : fraction}`;
}

/** The integer `text × 10^scale`; undefined when the text is no decimal or has more places. */
export function scaledInteger(text: string, scale: number): bigint | undefined {
  const [, sign = '', whole = '', fraction = ''] = decimal.exec(text) ?? [];
  if (whole === '' || fraction.replace(/0+$/, '').length > scale) return undefined;
  return BigInt(`${sign}${whole}${fraction.slice(0, scale).padEnd(scale, '0')}`);
}
