import { communityServerFixture } from '../community-server/fixture.ts';
import { boots } from './fixture.ts';

export const fixture = communityServerFixture('css-acp', 'acp');

export default boots(fixture);
