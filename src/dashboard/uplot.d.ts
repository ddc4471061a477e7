// The gateway serves the library itself beside this room's own scripts, because a browser knows no packages.
export { default } from 'uplot';
