#!/usr/bin/env bash
# antd's Table that scrolls sideways has a second, unseen checkbox "Select all" that a keyboard reaches
#
# One would guess: `scroll={{ x }}` lets a wide table scroll on a phone and changes nothing of what is in it.
# What happens: the body begins with a row of height 0 that measures the columns, and since it holds their whole headings, a table with rows
#   that can be chosen has its "Select all" twice, and any button in a heading too. The row is `aria-hidden`, but what is in it takes focus:
#   a keyboard stops where nothing is seen, a screen reader hears nothing, and axe reports aria-hidden-focus.
# Version: antd 6.6.8 with react 19.3.1.
# Source: this run, which renders the table to a string; the row is @rc-component/table's MeasureRow.
# Why it matters here: every list of the console scrolls sideways at 360 px and has rows to choose, and all of it must work by keyboard alone;
#   merchant-portal/console/src/app/base.css makes the row invisible, which takes it out of the tab order and keeps its widths.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent antd@6.6.8 react@19.3.1 react-dom@19.3.1 >/dev/null
cat > table.mjs <<'JS'
import { createElement as h } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Table, version } from 'antd';

const columns = [{ title: h('button', null, 'sort'), dataIndex: 'lot', width: 100 }];
const dataSource = [{ key: 1, lot: 'A' }, { key: 2, lot: 'B' }];
const count = (html, what) => html.split(what).length - 1;
console.log('antd', version);
for (const scroll of [undefined, { x: 800 }]) {
  const html = renderToStaticMarkup(h(Table, { rowSelection: {}, columns, dataSource, pagination: false, scroll }));
  const unseen = (html.match(/<tr[^>]*aria-hidden="true"[\s\S]*?<\/tr>/g) ?? []).join('');
  console.log(`scroll ${JSON.stringify(scroll ?? null)}: ${count(html, 'aria-label="Select all"')} to select all and ${count(html, '<button')} to sort,`
    + ` of which unseen ${count(unseen, 'aria-label="Select all"')} and ${count(unseen, '<button')}`);
}
JS
seen=$(node table.mjs)
echo "$seen"
[ "$seen" = 'antd 6.6.8
scroll null: 1 to select all and 1 to sort, of which unseen 0 and 0
scroll {"x":800}: 2 to select all and 2 to sort, of which unseen 1 and 1' ] || { echo "no longer what was seen"; exit 1; }
