/** The export `weftdoc/element`, which is built by itself; types of ours must not lead into the editor. */
declare module 'virtual:weft-element';
