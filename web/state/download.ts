/** Lets the browser save text as a file. */
export function downloadText(text: string, title: string): void {
  downloadFile(text, 'text/markdown;charset=utf-8', `${fileNameOf(title)}.md`);
}

export function downloadFile(content: string, type: string, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A title as a file name: without characters that file systems refuse. */
export function fileNameOf(title: string): string {
  const name = title
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^\.+|\.+$/gu, '');
  return name === '' ? 'document' : name.slice(0, 80);
}
