import type en from '../en/whitelists';
import type { Translation } from '../types';

const whitelists: Translation<typeof en> = {
  title: 'Whitelists',
  newTitle: 'Nieuwe whitelist',
};

export default whitelists;
