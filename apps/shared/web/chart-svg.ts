import { plot, type PlotOptions } from '@observablehq/plot';
import { parseHTML } from 'linkedom';

const { document } = parseHTML('<html><body></body></html>');

/** What to draw, and how it reads aloud. */
export interface ChartDrawing extends Omit<PlotOptions, 'document' | 'style' | 'className'> {
  readonly ariaLabel: string;
  readonly ariaDescription: string;
  /** Drawing units; text is 12 units high, so a narrow drawing keeps its text readable on a phone. */
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a chart as SVG text that a page with a strict content security policy can hold: no style
 * element, no style attribute; colours by CSS variable. Labels are escaped by the serialiser.
 */
export function chartSvg(drawing: ChartDrawing): string {
  const svg = plot({ ...drawing, document });
  for (const element of [svg, ...svg.querySelectorAll('*')]) {
    if (element.localName === 'style') element.remove();
    element.removeAttribute('style');
    // One picture, one name: inside it, labels of groups would be read without their meaning.
    if (element !== svg) for (const name of innerNames) element.removeAttribute(name);
    for (const name of positions) shorten(element, name);
  }
  for (const name of ['font-family', 'font-size', 'height']) svg.removeAttribute(name);
  svg.setAttribute('class', 'chart');
  svg.setAttribute('role', 'img');
  return svg.outerHTML;
}

const innerNames = ['aria-label', 'aria-description', 'aria-hidden', 'class'];
const positions = [
  'transform',
  'x',
  'y',
  'x1',
  'x2',
  'y1',
  'y2',
  'width',
  'height',
  'd',
  'cx',
  'cy',
];

/** A tenth of a unit is finer than a pixel; the rest is bytes. */
function shorten(element: Element, name: string): void {
  const value = element.getAttribute(name);
  if (value !== null && !value.endsWith('em'))
    element.setAttribute(
      name,
      value.replaceAll(/\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10)),
    );
}
