import { communityServerFixture } from '../community-server/fixture.ts';
import { boots } from './fixture.ts';

export const fixture = communityServerFixture('css-wac', 'wac');

export default boots(fixture);
