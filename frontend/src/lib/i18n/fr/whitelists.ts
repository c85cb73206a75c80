import type en from '../en/whitelists';
import type { Translation } from '../types';

const whitelists: Translation<typeof en> = {
  title: 'Listes blanches',
  newTitle: 'Nouvelle liste blanche',
};

export default whitelists;
