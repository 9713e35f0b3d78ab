import { render as renderComponent } from 'svelte/server';
import Host from './Host.svelte';

/** The page as a server renders it. */
export function render(given: { document: string; server: string; shows: string; token?: string }): string {
  return renderComponent(Host, { props: { ...given, other: '' } }).body;
}
