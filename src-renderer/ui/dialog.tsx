import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './button';
import { classNames } from './class-names';

interface DialogProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  /** Nothing inside takes the focus, so the text itself does, to be scrolled. */
  readonly isText?: boolean;
  readonly className?: string;
}

/** Radius 10, head 52, foot 56; Esc cancels, focus is held and given back. */
export function Dialog({
  title,
  aside,
  isOpen,
  onClose,
  children,
  footer,
  isText = false,
  className,
}: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={open => {
        if (!open) onClose();
      }}
      isDismissable
      className="fixed inset-0 z-40 grid place-items-center bg-scrim"
    >
      <Modal
        className={classNames(
          'max-h-[calc(100vh-64px)] max-w-[calc(100vw-64px)] overflow-hidden rounded-r4 bg-bg-1 shadow-dialog',
          className,
        )}
      >
        <AriaDialog className="flex max-h-[inherit] flex-col outline-none">
          <div className="flex h-13 shrink-0 items-center gap-3 border-b border-line pr-3 pl-5">
            <Heading slot="title" className="shrink-0 type-head whitespace-nowrap">
              {title}
            </Heading>
            {aside === undefined ? null : <span className="min-w-0 truncate text-ink-3">{aside}</span>}
            <span className="flex-1" />
            <IconButton label="Close" keys="Escape" onPress={onClose}>
              <X size={16} strokeWidth={1.4} aria-hidden="true" />
            </IconButton>
          </div>
          <div
            className="min-h-0 flex-1 overflow-auto"
            {...(isText ? { tabIndex: 0, role: 'region', 'aria-label': title } : {})}
          >
            {children}
          </div>
          {footer ? (
            <div className="flex h-14 shrink-0 items-center gap-2 border-t border-line px-5">{footer}</div>
          ) : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
