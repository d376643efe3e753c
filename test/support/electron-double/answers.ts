type PermissionRequest = (
  contents: unknown,
  permission: string,
  decide: (isAllowed: boolean) => void,
  details: { readonly requestingUrl: string },
) => void;
type PermissionCheck = (contents: unknown, permission: string, origin: string) => boolean;

/** The permission handlers that the program set; without them Electron allows everything. */
export const permissions: { request: PermissionRequest; check: PermissionCheck } = {
  request: (_contents, _permission, decide) => decide(true),
  check: () => true,
};

/** Paths that the next open dialogs answer, in order; an empty list is a cancelled dialog. */
export const dialogAnswers: string[][] = [];
