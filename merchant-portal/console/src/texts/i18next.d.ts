// Keys of texts are types: tsc finds a mistyped one.
import 'i18next';
import type common from './zh-CN/common.json';
import type signin from './zh-CN/signin.json';
import type overview from './zh-CN/overview.json';
import type goods from './zh-CN/goods.json';
import type presentation from './zh-CN/presentation.json';
import type imports from './zh-CN/imports.json';
import type labels from './zh-CN/labels.json';
import type custody from './zh-CN/custody.json';
import type quality from './zh-CN/quality.json';
import type messages from './zh-CN/messages.json';
import type settings from './zh-CN/settings.json';
import type platform from './zh-CN/platform.json';
import type auditor from './zh-CN/auditor.json';
import type insight from './zh-CN/insight.json';
import type stands from './zh-CN/stands.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      common: typeof common;
      signin: typeof signin;
      overview: typeof overview;
      goods: typeof goods;
      presentation: typeof presentation;
      imports: typeof imports;
      labels: typeof labels;
      custody: typeof custody;
      quality: typeof quality;
      messages: typeof messages;
      settings: typeof settings;
      platform: typeof platform;
      auditor: typeof auditor;
      insight: typeof insight;
      stands: typeof stands;
    };
  }
}
