/** A button and what it opens: closed by Esc, by a click elsewhere, or when the focus leaves. */
import { type ReactNode, useEffect, useRef, useState } from 'react';

type Props = {
  className: string;
  button: (props: { 'aria-expanded': boolean; 'aria-haspopup': 'menu'; onClick: () => void }) => ReactNode;
  children: (close: () => void) => ReactNode;
};

export function Popover({ className, button, children }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>('[role=menu] [role^=menuitem]')?.focus();
    const closeOutside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside, true);
    return () => document.removeEventListener('pointerdown', closeOutside, true);
  }, [open]);
  const close = () => {
    setOpen(false);
    root.current?.querySelector<HTMLElement>('[aria-haspopup]')?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for what its buttons and items do
    <div
      ref={root}
      className={className}
      onKeyDown={(event) => {
        if (!open || event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
      onBlur={(event) => {
        if (event.relatedTarget && !root.current?.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      {button({ 'aria-expanded': open, 'aria-haspopup': 'menu', onClick: () => setOpen(!open) })}
      {open && children(close)}
    </div>
  );
}
