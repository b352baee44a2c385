import './tokens.css';
import './explorer.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.js';

const container = document.getElementById('explorer');
if (!container) throw new Error('The page has no #explorer element.');

createRoot(container).render(<App />);
