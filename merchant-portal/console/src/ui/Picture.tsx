import { useQuery } from '@tanstack/react-query';
import { Image, type ImageProps } from 'antd';
import { useEffect, useState } from 'react';
import { fetched } from '@/api/client';
import { Bars } from '@/plain/Bars';
import { ProblemNote } from './Problem';

// useFile fetches a file of the gateway's to be shown in place: `url` is the page's own copy. `type` is what the file is known to be.
export function useFile(href: string, type?: string) {
  const file = useQuery({
    queryKey: ['file', href], staleTime: Infinity,
    queryFn: async () => { const content = await (await fetched(href)).blob(); return type ? content.slice(0, content.size, type) : content; },
  });
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!file.data) return;
    const made = URL.createObjectURL(file.data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file.data]);
  return { ...file, url };
}

// Picture shows a picture of the gateway's: what an <img> of its address would show, and a sign-in where the session has ended.
export function Picture({ href, alt, ...rest }: { href: string; alt: string } & Omit<ImageProps, 'src'>) {
  const { url, error, refetch } = useFile(href);
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  return url ? <Image src={url} alt={alt} data-href={href} {...rest} /> : <Bars rows={3} />;
}
