import type en from '../en/whitelists';
import type { Translation } from '../types';

const whitelists: Translation<typeof en> = {
  title: 'Whitelists',
  newTitle: 'Neue Whitelist',
};

export default whitelists;
