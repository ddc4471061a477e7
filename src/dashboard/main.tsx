import { render } from 'preact';
import { App } from './app/app.js';
import { showTheme } from './app/theme.js';
import './styles/index.css';

showTheme();
const root = document.getElementById('application');
if (root !== null) render(<App />, root);
