import type { Measure } from './text.js';

let context: CanvasRenderingContext2D | null | undefined;
let family = '';

/** In the font that the page draws with. */
export const measuredWidth: Measure = (text, size) => {
  if (context === undefined) {
    context = document.createElement('canvas').getContext('2d');
    family = getComputedStyle(document.documentElement).getPropertyValue('--sans') || 'sans-serif';
  }
  if (!context) return text.length * size * 0.6;
  context.font = `${size}px ${family}`;
  return context.measureText(text).width;
};
