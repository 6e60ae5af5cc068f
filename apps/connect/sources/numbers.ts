/** The decimal text as `value × 10^scale`, rounded to that scale; NaN for anything but a number. */
export function scaledDecimal(text: string, scale: number): number {
  if (!/^\s*[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d{1,2})?\s*$/.test(text)) return Number.NaN;
  const scaled = Math.round(Number(text) * 10 ** scale);
  return Math.abs(scaled) <= 0x7fff_ffff ? scaled : Number.NaN;
}

/** A count; NaN for anything else. Plain digits are read without a detour: there are millions. */
export function wholeNumber(text: string): number {
  if (text.length === 0 || text.length > 9) return slowWhole(text);
  let value = 0;
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return slowWhole(text);
    value = value * 10 + digit;
  }
  return value;
}

/** `75.0`, as programs write that turned the column into floats. */
function slowWhole(text: string): number {
  const value = scaledDecimal(text, 0);
  return value === Number(text) && value >= 0 ? value : Number.NaN;
}
