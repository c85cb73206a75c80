import type en from '../en/roles';
import type { Translation } from '../types';

const roles: Translation<typeof en> = {
  title: 'Rôles',
  newTitle: 'Nouveau rôle',
};

export default roles;
