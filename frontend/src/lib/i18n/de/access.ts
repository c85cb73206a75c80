import type en from '../en/access';
import type { Translation } from '../types';

const access: Translation<typeof en> = {
  title: 'Zugangspunkte',
  newTitle: 'Neuer Zugangspunkt',
  shut: 'geschlossen',
};

export default access;
