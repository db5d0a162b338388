/** Variables that VS Code gives a webview in its default themes, as far as the chart uses them. */
export interface TestTheme {
  readonly name: string;
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}

const fonts = {
  'font-family': '"DejaVu Sans", sans-serif',
  'font-size': '13px',
};

export const darkModern: TestTheme = {
  name: 'dark',
  bodyClass: 'vscode-dark',
  variables: {
    ...fonts,
    ...{ foreground: '#CCCCCC', descriptionForeground: '#9D9D9D', 'editor-background': '#1F1F1F' },
    ...{ focusBorder: '#0078D4', 'widget-border': '#313131', 'panel-border': '#2B2B2B' },
    ...{
      'charts-yellow': '#CCA700',
      'charts-red': '#F14C4C',
      'charts-blue': '#3794FF',
      'charts-orange': '#D18616',
    },
    ...{ 'charts-purple': '#B180D7', 'charts-green': '#89D185', 'textLink-foreground': '#4DAAFC' },
    ...{ 'button-background': '#0078D4', 'button-foreground': '#FFFFFF', 'button-border': '#FFFFFF1A' },
    ...{ 'button-hoverBackground': '#026EC1', 'toolbar-hoverBackground': '#5A5D5E50' },
    ...{ 'inputOption-activeBackground': '#2489DB82', 'inputOption-activeBorder': '#2488DB' },
    ...{ 'inputOption-activeForeground': '#FFFFFF', 'inputValidation-warningBorder': '#B89500' },
    ...{ 'editorHoverWidget-background': '#202020', 'editorHoverWidget-foreground': '#CCCCCC' },
    'editorHoverWidget-border': '#454545',
  },
};

export const lightModern: TestTheme = {
  name: 'light',
  bodyClass: 'vscode-light',
  variables: {
    ...fonts,
    ...{ foreground: '#3B3B3B', descriptionForeground: '#3B3B3B', 'editor-background': '#FFFFFF' },
    ...{ focusBorder: '#005FB8', 'widget-border': '#E5E5E5', 'panel-border': '#E5E5E5' },
    ...{
      'charts-yellow': '#BF8803',
      'charts-red': '#E51400',
      'charts-blue': '#1A85FF',
      'charts-orange': '#D18616',
    },
    ...{ 'charts-purple': '#652D90', 'charts-green': '#388A34', 'textLink-foreground': '#005FB8' },
    ...{ 'button-background': '#005FB8', 'button-foreground': '#FFFFFF', 'button-border': '#0000001A' },
    ...{ 'button-hoverBackground': '#0258A8', 'toolbar-hoverBackground': '#B8B8B850' },
    ...{ 'inputOption-activeBackground': '#BED6ED', 'inputOption-activeBorder': '#005FB8' },
    ...{ 'inputOption-activeForeground': '#000000', 'inputValidation-warningBorder': '#B89500' },
    ...{ 'editorHoverWidget-background': '#F8F8F8', 'editorHoverWidget-foreground': '#3B3B3B' },
    'editorHoverWidget-border': '#C8C8C8',
  },
};

export const highContrastDark: TestTheme = {
  name: 'hc-dark',
  bodyClass: 'vscode-high-contrast',
  variables: {
    ...fonts,
    ...{ foreground: '#FFFFFF', descriptionForeground: 'rgba(255, 255, 255, 0.7)' },
    ...{ 'editor-background': '#000000', focusBorder: '#F38518', contrastBorder: '#6FC3DF' },
    ...{ contrastActiveBorder: '#F38518', 'widget-border': '#6FC3DF', 'panel-border': '#6FC3DF' },
    ...{
      'charts-yellow': '#FFD370',
      'charts-red': '#F48771',
      'charts-blue': '#3794FF',
      'charts-orange': '#AB5A00',
    },
    ...{ 'charts-purple': '#B180D7', 'charts-green': '#89D185', 'textLink-foreground': '#21A6FF' },
    ...{ 'button-background': '#000000', 'button-foreground': '#FFFFFF', 'button-border': '#6FC3DF' },
    ...{ 'inputOption-activeBackground': 'rgba(0, 0, 0, 0)', 'inputOption-activeBorder': '#6FC3DF' },
    ...{ 'inputOption-activeForeground': '#FFFFFF', 'inputValidation-warningBorder': '#6FC3DF' },
    ...{ 'editorHoverWidget-background': '#0C141F', 'editorHoverWidget-foreground': '#FFFFFF' },
    'editorHoverWidget-border': '#6FC3DF',
  },
};

export const highContrastLight: TestTheme = {
  name: 'hc-light',
  bodyClass: 'vscode-high-contrast-light',
  variables: {
    ...fonts,
    ...{ foreground: '#292929', descriptionForeground: 'rgba(41, 41, 41, 0.7)' },
    ...{ 'editor-background': '#FFFFFF', focusBorder: '#006BBD', contrastBorder: '#0F4A85' },
    ...{ contrastActiveBorder: '#006BBD', 'widget-border': '#0F4A85', 'panel-border': '#0F4A85' },
    ...{
      'charts-yellow': '#895503',
      'charts-red': '#B5200D',
      'charts-blue': '#1A85FF',
      'charts-orange': '#0F4A85',
    },
    ...{ 'charts-purple': '#652D90', 'charts-green': '#374E06', 'textLink-foreground': '#0F4A85' },
    ...{ 'button-background': '#0F4A85', 'button-foreground': '#FFFFFF', 'button-border': '#0F4A85' },
    ...{ 'inputOption-activeBackground': 'rgba(0, 0, 0, 0)', 'inputOption-activeBorder': '#0F4A85' },
    ...{ 'inputOption-activeForeground': '#292929', 'inputValidation-warningBorder': '#0F4A85' },
    ...{ 'editorHoverWidget-background': '#FFFFFF', 'editorHoverWidget-foreground': '#292929' },
    'editorHoverWidget-border': '#0F4A85',
  },
};

export const themes = [darkModern, lightModern, highContrastDark, highContrastLight];
