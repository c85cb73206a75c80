import type en from '../en/whitelists';
import type { Translation } from '../types';

const whitelists: Translation<typeof en> = {
  title: 'Listas blancas',
  newTitle: 'Nueva lista blanca',
};

export default whitelists;
