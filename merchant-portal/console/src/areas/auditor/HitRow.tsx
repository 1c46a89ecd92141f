import { Flex, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { language } from '@/app/language';
import { Time } from '@/ui/Time';
import { pathOf, type Hit } from './hits';

// HitRow is one thing that a search has found: what it is, what it is called, where it is.
export function HitRow({ hit }: { hit: Hit }) {
  const { t } = useTranslation('auditor');
  const name = hit.name?.[language()] || hit.name?.['zh-CN'];
  const id = hit.kind === 'unit' ? `${hit.gtin} · ${hit.lot} · ${hit.serial ?? `#${(hit.index ?? 0) + 1}`}` : hit.kind === 'batch' ? `${hit.gtin} · ${hit.lot}` : hit.id;
  return (
    <li className="hairline">
      <Flex gap={12} align="baseline" wrap>
        <Tag variant="filled" style={{ minWidth: 64, textAlign: 'center' }}>{t(`kind.${hit.kind}`)}</Tag>
        <Link to={pathOf(hit) ?? '#'} className="id" style={{ overflowWrap: 'anywhere' }}>{id}</Link>
        {name && <span>{name}</span>}
        <span style={{ flex: 1 }} />
        <span className="quiet">{[hit.party, hit.to].filter(Boolean).join(' → ')}</span>
        {hit.at && <Time at={hit.at} />}
      </Flex>
    </li>
  );
}
