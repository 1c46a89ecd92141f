import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { useMe } from '@/app/session';
import { Section } from '@/ui/Page';
import { ProductName } from '@/ui/ProductName';
import { useAmount } from './Content';
import { balanceOf, countOf } from './making';
import { batchPath } from './paths';
import type { Batch } from './queries';

type Recipe = Schemas['Transformation'];
type Relative = Schemas['Relative'];

// MadeOf is what a batch was made of and what was made from it; how much of each is its maker's business, and the platform's and auditors'.
export function MadeOf({ batch, story }: { batch: Batch; story: Schemas['Provenance'] }) {
  const { t } = useTranslation('goods');
  const me = useMe();
  const { madeFrom: from = [], madeInto: into = [], relativesLeftOff: left = 0 } = story;
  const told = batch.producer === me.party || me.role === 'platform' || me.role === 'auditor';
  const path = { gtin: batch.gtin, lot: batch.lot };
  const recipe = useQuery({ queryKey: ['transformations', path.gtin, path.lot], enabled: told && from.length > 0,
    queryFn: () => answer(api.GET('/api/v1/transformations/{gtin}/{lot}', { params: { path } })) });
  if (from.length === 0 && into.length === 0) return null;
  return (
    <Section title={t('made.title')} actions={<Link to={`/auditor${batchPath(batch)}`}>{t('made.graph')}</Link>}>
      {from.length > 0 && <><h3 style={{ fontSize: 14 }}>{t('made.from')}</h3><Relatives all={from} recipe={recipe.data} /></>}
      {recipe.data && <Weighed recipe={recipe.data} />}
      {into.length > 0 && <><h3 style={{ fontSize: 14 }}>{t('made.into')}</h3><Relatives all={into} /></>}
      {left > 0 && <p className="quiet">{t('made.more', { count: left })}</p>}
    </Section>
  );
}

function Relatives({ all, recipe }: { all: Relative[]; recipe?: Recipe }) {
  const { t } = useTranslation('goods');
  const said = useAmount(recipe?.measure ?? 'H87');
  const contentOf = (r: Relative) => (r.depth === 1 ? recipe?.inputs.find((i) => i.gtin === r.gtin && i.lot === r.lot)?.content : undefined);
  return (
    <ul className="lines">
      {all.map((r) => {
        const content = contentOf(r);
        return (
          <li key={`${r.gtin}/${r.lot}`}>
            <span><ProductName gtin={r.gtin} /> <Link className="id" to={batchPath(r)}>{r.lot}</Link></span>
            <span className="figure">{content === undefined ? t('unitsCount', { count: countOf(r.lines) }) : t('make.each', { count: countOf(r.lines), content: said(content) })}</span>
            {r.depth > 1 && <span className="quiet">{t('made.via', { lot: r.via.lot })}</span>}
          </li>
        );
      })}
    </ul>
  );
}

function Weighed({ recipe: r }: { recipe: Recipe }) {
  const { t } = useTranslation('goods');
  const said = useAmount(r.measure);
  const sums = balanceOf(r.inputs, { count: r.quantity, content: r.content }, r.loss);
  return <p className="figure" style={{ marginTop: 0 }}>{t('make.balance', { in: said(sums.in), out: said(sums.out), loss: said(sums.loss) })}{r.expiryReason && <span className="quiet"> · {t('make.longer')} {r.expiryReason}</span>}</p>;
}
