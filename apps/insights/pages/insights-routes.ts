import express, { type Request, type Response, type Router } from 'express';
import type { Query } from '../../shared/query/index.ts';
import type { Person } from '../../shared/person.ts';
import { htmlFor, type CurrentPerson } from '../../shared/web/html-handler.ts';
import { asking } from '../compute/asking.ts';
import { computeInsights } from '../compute/index.ts';
import { renderBlendPage } from './blend-page.tsx';
import { dayDetail } from './day-detail.ts';
import { insightsAssets } from './insights-assets.ts';
import { knownDays } from './known-days.ts';
import { renderNoDataPage } from './no-data-page.tsx';
import { queryRoutes } from './query-routes.ts';
import { renderTodayPage } from './today-page.tsx';
import { trendWeeks } from './trend-weeks.ts';
import { renderTrendsPage } from './trends-page.tsx';
import { untilLeft } from './until-left.ts';
import { dayAfter, isDay } from './words.ts';

/** What the insight pages need. */
export interface InsightsRoutesOptions {
  readonly query: Query;
  readonly currentPerson: CurrentPerson;
}

const blendDays = 90;

/** The pages of what the pods tell: a day, trends, a blend, and any question in SPARQL. */
export function insightsRoutes(options: InsightsRoutesOptions): Router {
  const { query, currentPerson } = options;
  const router = express.Router();
  router.use(insightsAssets.router);
  const page = (path: string, render: (asked: AskedPage) => Promise<string>): void => {
    router.get(
      path,
      htmlFor(currentPerson, (person, request, response) =>
        untilLeft(response, async (signal) => {
          const pods = asking(query, person.pods, signal);
          const days = await knownDays(pods);
          const last = days.at(-1);
          if (last === undefined)
            return renderNoDataPage({ person, path, missing: pods.missing() });
          return render({ person, request, response, query, signal, days, last });
        }),
      ),
    );
  };
  page('/', today);
  page('/trends', trends);
  page('/blend', blend);
  router.use(queryRoutes(options));
  return router;
}

interface AskedPage {
  readonly person: Person;
  readonly request: Request;
  readonly response: Response;
  readonly query: Query;
  readonly signal: AbortSignal;
  /** Days with data, ascending. */
  readonly days: readonly string[];
  readonly last: string;
}

async function today({ person, request, query, signal, days, last }: AskedPage): Promise<string> {
  const asked = request.query['day'];
  const day = isDay(asked) ? asked : last;
  const detailAsking = asking(query, person.pods, signal);
  const [report, detail] = await Promise.all([
    computeInsights(query, person.pods, { from: day, to: day, signal }),
    dayDetail(detailAsking, day),
  ]);
  const missing = [...report.missing, ...detailAsking.missing()];
  return renderTodayPage({ person, day, days, report, detail, missing });
}

async function trends({ person, request, query, signal, last }: AskedPage): Promise<string> {
  const weeks = trendWeeks.find((count) => String(count) === request.query['weeks']) ?? 4;
  const from = dayAfter(last, 1 - 7 * weeks);
  const range = { from, to: last, stress: false, signal };
  const report = await computeInsights(query, person.pods, range);
  return renderTrendsPage({ person, weeks, from, to: last, report });
}

async function blend({ person, query, signal, days, last }: AskedPage): Promise<string> {
  const from = days.find((day) => day >= dayAfter(last, 1 - blendDays)) ?? last;
  const range = { from, to: last, stress: false, signal };
  const report = await computeInsights(query, person.pods, range);
  return renderBlendPage({ person, from, to: last, report });
}
