import type en from '../en/access';
import type { Translation } from '../types';

const access: Translation<typeof en> = {
  title: 'Toegangspunten',
  newTitle: 'Nieuw toegangspunt',
  shut: 'dicht',
};

export default access;
