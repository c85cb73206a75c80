import type en from '../en/access';
import type { Translation } from '../types';

const access: Translation<typeof en> = {
  title: 'Points d’accès',
  newTitle: 'Nouveau point d’accès',
  shut: 'fermé',
};

export default access;
