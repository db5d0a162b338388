// Stands in for the real types when core is compiled, so that `import … from 'vscode'` finds nothing to use.
export {};
