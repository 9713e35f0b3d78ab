import { SERVER } from '../app/base.ts';

let loading: Promise<void> | undefined;

/** Loads what registers `<weft-editor>`, as a page of somebody else does. Rejects if it does not come; the next call asks anew. */
export function loadEmbedScript(): Promise<void> {
  loading ??= new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${SERVER}/embed.js`;
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      loading = undefined;
      reject(new Error('The script of the embedded editor could not be loaded'));
    };
    document.head.append(script);
  });
  return loading;
}
