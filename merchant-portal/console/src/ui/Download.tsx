import { DownloadOutlined } from '@ant-design/icons';
import { App, Button, type ButtonProps } from 'antd';
import { useState } from 'react';
import { asProblem, fetched } from '@/api/client';
import { useSay } from './Problem';

// nameIn reads the file's name out of Content-Disposition, the one in UTF-8 first.
export function nameIn(disposition: string | null): string {
  const wide = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (wide) return decodeURIComponent(wide);
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1] ?? 'download';
}

// save hands a file to the browser's downloads.
export function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Download fetches a file of the gateway's and saves it; a problem is told instead of saved. What may be larger than the page's memory
// is `large`: the browser fetches that by itself, with its own progress, after the page has seen that there is something to fetch.
export function Download({ href, name, large, children, ...rest }: { href: string; name?: string; large?: boolean } & ButtonProps) {
  const { message } = App.useApp();
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const fetchIt = async () => {
    setBusy(true);
    try {
      const ended = new AbortController();
      const response = await fetched(href, { signal: ended.signal });
      if (large) {
        ended.abort();
        const link = document.createElement('a');
        link.href = href;
        link.download = name ?? nameIn(response.headers.get('Content-Disposition'));
        link.click();
        return;
      }
      save(await response.blob(), name ?? nameIn(response.headers.get('Content-Disposition')));
    } catch (e) {
      const { title, detail } = say(asProblem(e));
      void message.error(`${title} ${detail}`);
    } finally {
      setBusy(false);
    }
  };
  return <Button icon={<DownloadOutlined />} loading={busy} onClick={() => void fetchIt()} {...rest}>{children}</Button>;
}
