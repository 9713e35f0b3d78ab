import { createApp, createSSRApp } from 'vue';
import Host from './Host.vue';

const { document: id, other, server, shows, token } = Object.fromEntries(new URLSearchParams(location.search));
const given = { document: id!, other: other ?? '', server: server!, shows: shows!, token };
const isRendered = document.getElementById('app')!.childElementCount > 0;
(isRendered ? createSSRApp : createApp)(Host, given).mount('#app');
