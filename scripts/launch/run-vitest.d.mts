interface Report {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}
export function readReport(report: Report): {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
};
