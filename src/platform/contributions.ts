/** Ids of all that package.json contributes; a test holds the two against each other. */
export const commands = {
  connect: 'whyspan.connect',
  switchConnection: 'whyspan.switchConnection',
  setSecret: 'whyspan.setSecret',
  forgetSecret: 'whyspan.forgetSecret',
  chooseServices: 'whyspan.chooseServices',
  diagnose: 'whyspan.diagnose',
  showLog: 'whyspan.showLog',
  copyExporterSettings: 'whyspan.copyExporterSettings',
  copyReceiverToken: 'whyspan.copyReceiverToken',
  renewReceiverToken: 'whyspan.renewReceiverToken',
  instrumentRuns: 'whyspan.instrumentRuns',
  refresh: 'whyspan.refresh',
  pause: 'whyspan.pause',
  resume: 'whyspan.resume',
  clear: 'whyspan.clear',
  filter: 'whyspan.filter',
  clearFilter: 'whyspan.clearFilter',
  group: 'whyspan.group',
  goToCode: 'whyspan.goToCode',
  openInJaeger: 'whyspan.openInJaeger',
  copyTraceId: 'whyspan.copyTraceId',
  openTrace: 'whyspan.openTrace',
  revealTrace: 'whyspan.revealTrace',
  importFile: 'whyspan.importFile',
  openTraceFile: 'whyspan.openTraceFile',
  removeFile: 'whyspan.removeFile',
  exportTraces: 'whyspan.exportTraces',
  installCommandLine: 'whyspan.installCommandLine',
  uninstallCommandLine: 'whyspan.uninstallCommandLine',
  toggleAnnotations: 'whyspan.toggleAnnotations',
  showLineTraces: 'whyspan.showLineTraces',
  peekLineTraces: 'whyspan.peekLineTraces',
  filterSites: 'whyspan.filterSites',
  lineActions: 'whyspan.lineActions',
  nextAnnotatedLine: 'whyspan.nextAnnotatedLine',
  previousAnnotatedLine: 'whyspan.previousAnnotatedLine',
  goToSlowestLine: 'whyspan.goToSlowestLine',
  chooseLine: 'whyspan.chooseLine',
  showChart: 'whyspan.showChart',
  showAlertLine: 'whyspan.showAlertLine',
  muteAlert: 'whyspan.muteAlert',
  unmuteAlert: 'whyspan.unmuteAlert',
  openWalkthrough: 'whyspan.openWalkthrough',
  createSample: 'whyspan.createSample',
} as const;

/** Ids of views. */
export const views = { traces: 'whyspan.traces' } as const;

/** Ids of walkthroughs. */
export const walkthroughs = { getStarted: 'getStarted' } as const;

/** Keys of `when` clauses, and of events that complete a step of a walkthrough. */
export const contextKeys = {
  /** `idle`, `connecting`, `ok`, `failing` as in SourceStatus. */
  source: 'whyspan.source',
  /** `embedded` when traces are received here, else `jaeger`. */
  backend: 'whyspan.backend',
  /** The kind of a failing source's HumanError, else empty. */
  failure: 'whyspan.failure',
  /** Something that was sent here was not taken. */
  isRefusing: 'whyspan.isRefusing',
  /** An inference has come since the window was opened. */
  hasInferences: 'whyspan.hasInferences',
  isPaused: 'whyspan.isPaused',
  isFiltered: 'whyspan.isFiltered',
} as const;
