import { X } from 'lucide-react';
import { dismissNotice, useNotices } from '#renderer/state';
import { Button, IconButton, Message } from '#renderer/ui';

/** Messages over the work, never before it: nothing has to be answered before going on. */
export function Toasts() {
  const notices = useNotices(state => state.notices);
  return (
    <div
      aria-label="Messages"
      role="region"
      className="pointer-events-none fixed right-4 bottom-16 z-50 flex w-90 flex-col gap-2"
    >
      {notices.map(notice => (
        <div key={notice.id} className="pointer-events-auto relative rounded-r3 bg-bg-1 pr-0 shadow-float">
          <Message
            tone={notice.tone}
            actions={
              notice.action ? (
                <Button
                  small
                  look="line"
                  onPress={() => {
                    notice.action?.run();
                    dismissNotice(notice.id);
                  }}
                >
                  {notice.action.name}
                </Button>
              ) : null
            }
          >
            <span className="block pr-6">{notice.text}</span>
          </Message>
          <span className="absolute top-1 right-1">
            <IconButton small label="Dismiss" onPress={() => dismissNotice(notice.id)}>
              <X size={14} strokeWidth={1.4} aria-hidden="true" />
            </IconButton>
          </span>
        </div>
      ))}
    </div>
  );
}
