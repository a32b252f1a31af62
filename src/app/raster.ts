/** SVG text → PNG, by the browser's own renderer; and the fonts that a picture carries. */

import mono from '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-500-normal.woff2?url';
import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import type { EmbeddedFont } from '../picture/index.ts';

let loaded: Promise<EmbeddedFont[]> | null = null;

/** The faces that pictures are set in, as data: a picture looks the same where they are not installed. */
export function pictureFonts(): Promise<EmbeddedFont[]> {
  loaded ??= Promise.all([face('Inter Variable', '100 900', inter), face('JetBrains Mono', '500', mono)]);
  loaded.catch(() => {
    loaded = null;
  });
  return loaded;
}

async function face(family: string, weight: string, url: string): Promise<EmbeddedFont> {
  const blob = await (await fetch(url)).blob();
  return { family, weight, dataUri: await dataUri(new Blob([blob], { type: 'font/woff2' })) };
}

function dataUri(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** @param width pixels of the picture, @param height likewise */
export async function rasterise(svg: string, width: number, height: number): Promise<Uint8Array> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')!.drawImage(image, 0, 0, width, height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error(`The browser could not make a picture of ${width} × ${height} pixels.`);
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(url);
  }
}
