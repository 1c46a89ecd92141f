import { createRoot } from 'react-dom/client';
import { App } from '@/app/App';
import { startLanguage } from '@/app/language';
import { giveNonce } from '@/app/nonce';
import '@/app/base.css';
import '@/plain/plain.css';

giveNonce(document);
await startLanguage();
createRoot(document.getElementById('root') as HTMLElement).render(<App />);
