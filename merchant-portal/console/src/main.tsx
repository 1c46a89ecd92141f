import { createRoot } from 'react-dom/client';
import { App } from '@/app/App';
import { startLanguage } from '@/app/language';
import '@/app/base.css';

await startLanguage();
createRoot(document.getElementById('root') as HTMLElement).render(<App />);
