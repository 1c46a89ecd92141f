import { type ReactNode, useEffect, useRef } from 'react';

// SideSheet comes in from the left over the page. The browser keeps the focus inside it and gives it back, and closes it with Escape.
export function SideSheet({ label, onClose, children }: { label: string; onClose: () => void; children: ReactNode }) {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => sheet.current?.showModal(), []);
  return (
    <dialog ref={sheet} className="side-sheet" aria-label={label} onClose={onClose} onClick={(e) => { if (e.target === e.currentTarget) e.currentTarget.close(); }}>
      <div>{children}</div>
    </dialog>
  );
}
