// Beside lays out a long form with what will stand on the ledger beside it, and the button that writes it last of all: below the
// fields where there is room, below what will stand on a phone, so that nobody presses it before he has come past that.
//
//   <Form ...><Beside stands={<WillStand ... />} send={<WriteButton ... />}>fields</Beside></Form>
import type { ReactNode } from 'react';
import './beside.css';

export function Beside({ stands, send, children }: { stands: ReactNode; send: ReactNode; children: ReactNode }) {
  return (
    <div className="beside">
      <div>{children}</div>
      <div className="stands">{stands}</div>
      <div>{send}</div>
    </div>
  );
}
