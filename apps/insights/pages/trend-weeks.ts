/** How many weeks the trends can show. */
export const trendWeeks = [4, 8, 12, 26] as const;
