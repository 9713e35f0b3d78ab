/** Characters of a share link's secret: letters, digits, `-` and `_`. */
export const LINK_SECRET_LENGTH = 34;
