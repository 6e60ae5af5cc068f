export { stopAll as default } from '../../pod-fixtures/hosts/fixture.ts';
