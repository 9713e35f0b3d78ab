import { hydrate, mount } from 'svelte';
import Host from './Host.svelte';

const { document: id, other, server, shows, token } = Object.fromEntries(new URLSearchParams(location.search));
const target = document.getElementById('app')!;
const props = { document: id!, other: other ?? '', server: server!, shows: shows!, token };
(target.childElementCount > 0 ? hydrate : mount)(Host, { target, props });
