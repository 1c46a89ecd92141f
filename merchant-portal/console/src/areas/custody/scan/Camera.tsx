// Camera reads codes with the phone's camera. The decoder and its WebAssembly come with the console, from no other host.
import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import { Alert } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

prepareZXingModule({ overrides: { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasm : prefix + path) } });

const pauseForSame = 2500; // a code that stays in the picture is read once in this many milliseconds

export default function Camera({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useTranslation('custody');
  const video = useRef<HTMLVideoElement>(null);
  const read = useRef(onCode);
  read.current = onCode;
  const [blocked, setBlocked] = useState(false);

  useEffect(() => {
    let stream: MediaStream | undefined;
    let ended = false;
    const seen = new Map<string, number>();
    const detector = new BarcodeDetector({ formats: ['qr_code', 'data_matrix', 'code_128'] });
    const look = async () => {
      if (ended || !video.current) return;
      const found = await detector.detect(video.current).catch(() => []);
      for (const { rawValue } of found) {
        if (Date.now() - (seen.get(rawValue) ?? 0) > pauseForSame) read.current(rawValue);
        seen.set(rawValue, Date.now());
      }
      setTimeout(look, 120);
    };
    const open = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (ended || !video.current) return stream.getTracks().forEach((track) => track.stop());
      video.current.srcObject = stream;
      await video.current.play();
      void look();
    };
    open().catch(() => setBlocked(true));
    return () => { ended = true; stream?.getTracks().forEach((track) => track.stop()); };
  }, []);

  if (blocked) return <Alert type="warning" showIcon style={{ marginTop: 8 }} title={t('scan.cameraBlocked')} description={t('scan.cameraBlockedWhy')} />;
  return <video ref={video} muted playsInline aria-label={t('scan.camera')} style={{ width: '100%', maxHeight: 320, marginTop: 8, borderRadius: 12, background: '#000', objectFit: 'cover' }} />;
}
