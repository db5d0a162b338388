import type { Plugin } from 'chart.js';
import type { Scene } from './scene';

/** The line of the threshold, below the points; the ring around the marked point and its hair line, above them. */
export function plotMarks(scene: Scene): Plugin<'line'> {
  return {
    id: 'whyspanMarks',
    beforeDatasetsDraw: ({ ctx, chartArea, scales }) => {
      const y = Math.round(scales.y?.getPixelForValue(scene.data.threshold) ?? 0) + 0.5;
      ctx.save();
      ctx.strokeStyle = scene.theme.threshold;
      ctx.lineWidth = scene.theme.isHighContrast ? 2 : 1.5;
      ctx.setLineDash([6, 4]);
      ctx.beginPath();
      ctx.moveTo(chartArea.left, y);
      ctx.lineTo(chartArea.right, y);
      ctx.stroke();
      ctx.restore();
    },
    afterDatasetsDraw: ({ ctx, chartArea, scales }) => {
      const index = scene.markedPoint;
      const timeMs = scene.data.points.timeMs[index ?? -1];
      const value = scene.data.points.value[index ?? -1];
      if (timeMs === undefined || value === undefined) return;
      const x = scales.x?.getPixelForValue(timeMs) ?? 0;
      const y = scales.y?.getPixelForValue(value) ?? 0;
      ctx.save();
      ctx.strokeStyle = scene.theme.foreground;
      ctx.lineWidth = 1;
      ctx.globalAlpha = 0.6;
      ctx.beginPath();
      ctx.moveTo(Math.round(x) + 0.5, chartArea.top);
      ctx.lineTo(Math.round(x) + 0.5, chartArea.bottom);
      ctx.stroke();
      ctx.globalAlpha = 1;
      ctx.lineWidth = 2;
      ctx.beginPath();
      ctx.arc(x, y, 8, 0, 2 * Math.PI);
      ctx.stroke();
      ctx.restore();
    },
  };
}
