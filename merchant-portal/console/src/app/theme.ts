// Ink on paper; the accent is the brand mark's and nothing else's (docs: one family with the shopper's page).
import { theme as antd, type ThemeConfig } from 'antd';

// Amber is a shade darker than on the shopper's page, so that it can be read on paper too (4.5 to 1).
export const light = {
  ink: '#1B1F23', quiet: '#5F6B76', paper: '#FBFAF7', sheet: '#FFFFFF', hairline: '#E4E1DA', fill: '#F2F0EA',
  green: '#1F7A4D', amber: '#A36000', red: '#B42318', grey: '#5F6B76', mark: '#9B3A2A',
};
export const dark: typeof light = {
  ink: '#ECEAE4', quiet: '#A3ABB3', paper: '#15181B', sheet: '#1C2024', hairline: '#32373C', fill: '#24292E',
  green: '#5CC08D', amber: '#E0A244', red: '#F0796E', grey: '#A3ABB3', mark: '#D67A68',
};

const fonts = '"PingFang SC","HarmonyOS Sans SC","HarmonyOS Sans","Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei",system-ui,sans-serif';

// antd waits for the end of its motions, so that they are switched off here and not by a style sheet.
const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

export function themeOf(isDark: boolean): ThemeConfig {
  const c = isDark ? dark : light;
  return {
    algorithm: isDark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: c.ink, colorLink: c.ink, colorLinkHover: c.quiet, colorInfo: c.ink,
      colorInfoBg: c.fill, colorInfoBorder: c.hairline, // a tint of ink is too dark to read ink on
      colorSuccess: c.green, colorWarning: c.amber, colorError: c.red,
      ...(isDark ? {} : { colorWarningBg: '#FBF4E4', colorWarningBorder: '#E3CB96', colorSuccessBg: '#EDF6F0', colorErrorBg: '#FCEEEC' }), // what is mixed of dark colours looks soiled on paper
      colorText: c.ink, colorTextSecondary: c.quiet, colorTextTertiary: c.quiet, colorTextDescription: c.quiet,
      colorTextLightSolid: isDark ? '#15181B' : '#FFFFFF',
      colorBgBase: c.sheet, colorBgLayout: c.paper, colorBgContainer: c.sheet, colorBgElevated: c.sheet,
      colorBorder: isDark ? '#5A626A' : '#8A9199', controlItemBgActive: c.fill, controlItemBgActiveHover: c.hairline, colorBorderSecondary: c.hairline, colorSplit: c.hairline,
      colorTextPlaceholder: c.quiet, // it must be read on a field that is switched off, too
      borderRadius: 8, borderRadiusLG: 12, fontFamily: fonts, fontSize: 14, controlHeight: 36, fontWeightStrong: 600,
      boxShadow: 'none', boxShadowSecondary: `0 0 0 1px ${c.hairline}`, boxShadowTertiary: 'none',
      motion: !still, motionDurationMid: '0.12s', motionDurationSlow: '0.18s', wireframe: false,
    },
    components: {
      Table: { headerBg: 'transparent', headerColor: c.quiet, headerSplitColor: 'transparent', cellPaddingBlock: 12 },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    },
  };
}
