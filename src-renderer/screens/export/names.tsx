import { useRef } from 'react';
import { Input, TextArea, TextField } from 'react-aria-components';
import { NAME_VARIABLES, unknownVariables } from '#shared/protocol';
import { Button } from '#renderer/ui';
import { setOptions, useExport } from './export-store';

const FIELD =
  'flex items-center gap-2 rounded-r2 border border-line-2 bg-bg-0 px-2.5 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus';

/** How files are called, and what the user says of their rights in what is in them. */
export function Names() {
  const { naming, statement } = useExport().options;
  const input = useRef<HTMLInputElement>(null);
  const unknown = unknownVariables(naming);
  const insert = (variable: string): void => {
    const field = input.current;
    const from = field?.selectionStart ?? naming.length;
    const to = field?.selectionEnd ?? naming.length;
    setOptions({ naming: `${naming.slice(0, from)}{${variable}}${naming.slice(to)}`.slice(0, 200) });
    field?.focus();
  };
  return (
    <>
      <TextField
        aria-label="Names of the files"
        value={naming}
        maxLength={200}
        isInvalid={unknown.length > 0}
        onChange={value => setOptions({ naming: value })}
        className={`${FIELD} h-8`}
      >
        <Input
          ref={input}
          aria-describedby="export-naming"
          className="min-w-0 flex-1 bg-transparent outline-none"
        />
      </TextField>
      <div role="group" aria-label="Words for names" className="mt-2 flex flex-wrap gap-1">
        {NAME_VARIABLES.map(variable => (
          <Button key={variable} small onPress={() => insert(variable)} aria-label={`Put in {${variable}}`}>
            {variable}
          </Button>
        ))}
      </div>
      <p id="export-naming" className={`mt-2 ${unknown.length > 0 ? 'text-bad' : 'text-ink-3'}`}>
        {unknown.length > 0
          ? `There is no {${unknown[0]}}: it will stand in the names as it is.`
          : 'What stands before a / is a folder for the files of this export.'}
      </p>
      <TextField
        aria-label="Statement on your own recordings"
        value={statement}
        maxLength={2000}
        onChange={value => setOptions({ statement: value })}
        className={`${FIELD} mt-3 min-h-8 py-1.5`}
      >
        <TextArea
          rows={1}
          placeholder="Your rights in your own recordings, for LICENSES.json"
          className="field-sizing-content max-h-24 min-w-0 flex-1 resize-none bg-transparent outline-none placeholder:text-ink-3"
        />
      </TextField>
    </>
  );
}
